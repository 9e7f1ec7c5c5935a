"""Reports of a branch: findings, experience scorecard, morning sheet; small counts hidden; HTML and Word."""
