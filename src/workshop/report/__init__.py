"""Reports of branches, HTML and Word: findings, disclosure, experience scores, morning sheet, a cycle."""
