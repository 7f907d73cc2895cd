"""What a program knows on a day: of its pairs, its cohorts and its surveys."""
