"""Rules of registers, reports and certificates: pure functions, each with the article it follows."""
