"""What a program knows on a day about its pairs, its cohorts and its surveys."""
