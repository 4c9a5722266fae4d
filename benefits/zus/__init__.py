"""Documents for ZUS: what a month owes, and the file for Płatnik; pure functions of facts."""
