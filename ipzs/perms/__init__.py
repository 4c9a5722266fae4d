"""Who may do what with programmes, classes and attendance; one table for each part, as the screens are."""
