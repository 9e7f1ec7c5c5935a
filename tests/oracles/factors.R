# Factor models by lavaan 0.6.14 and semTools 0.5.6, alpha by psych 2.2.9 (GPL; not part of this project), on the nine tests of
# Holzinger & Swineford (1939) that the package semopy brings along.
# Run in this folder: Rscript factors.R PATH/semopy/examples/holzinger_swineford39_data.csv
# Writes factors_r.csv, which tests/helpers/methods/test_invariance.py and test_reliability.py compare with ours.
suppressMessages({library(lavaan); library(semTools); library(psych)})
tests <- read.csv(commandArgs(trailingOnly = TRUE)[1])
items <- paste0("x", 1:9)
model <- "
  visual =~ x1 + x2 + x3
  textual =~ x4 + x5 + x6
  speed =~ x7 + x8 + x9"
found <- list()
for (level in list(c("configural", ""), c("metric", "loadings"), c("scalar", "loadings", "intercepts"))) {
  fit <- cfa(model, tests, group = "school", group.equal = level[-1], meanstructure = TRUE)
  measures <- fitMeasures(fit, c("chisq", "df", "cfi", "rmsea"))
  found[[level[1]]] <- data.frame(what = paste(level[1], names(measures)), value = as.numeric(measures))
}
one <- cfa(model, tests)
ratios <- semTools::htmt(model, tests, htmt2 = FALSE, absolute = FALSE)
for (pair in list(c("visual", "textual"), c("visual", "speed"), c("textual", "speed")))
  found[[paste(pair, collapse = " ")]] <- data.frame(
    what = paste("htmt", pair[1], pair[2]), value = ratios[pair[2], pair[1]])
standard <- cfa(model, tests, std.lv = TRUE)
lambda <- standardizedSolution(standard)
lambda <- lambda[lambda$op == "=~", ]
found$lambda <- data.frame(what = paste("loading", lambda$rhs), value = lambda$est.std)
scaled <- cfa(model, as.data.frame(scale(tests[items])))
omega <- compRelSEM(scaled, obs.var = FALSE)
ave <- semTools::AVE(scaled)
found$omega <- data.frame(what = paste("omega", names(omega)), value = as.numeric(omega))
found$ave <- data.frame(what = paste("ave", names(ave)), value = as.numeric(ave))
for (rival in c("one", "second")) {
  text <- if (rival == "one") paste("g =~", paste(items, collapse = " + ")) else paste(model, "\n  g =~ visual + textual + speed")
  measures <- fitMeasures(cfa(text, tests), c("chisq", "df", "cfi", "rmsea"))
  found[[rival]] <- data.frame(what = paste(rival, names(measures)), value = as.numeric(measures))
}
alpha <- psych::alpha(tests[c("x1", "x2", "x3")])
found$alpha <- data.frame(what = c("alpha", "feldt low", "feldt high", paste("item-rest", items[1:3])),
  value = c(alpha$total$raw_alpha, as.numeric(unlist(alpha$feldt[c("lower.ci", "upper.ci")])), alpha$item.stats$r.drop))
options(digits = 12)
write.csv(do.call(rbind, found), "factors_r.csv", row.names = FALSE, quote = FALSE)
