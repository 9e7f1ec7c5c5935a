"""Reports of branches: findings, disclosure, experience scores, morning sheet, a whole cycle; HTML and Word."""
