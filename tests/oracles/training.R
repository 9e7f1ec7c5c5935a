# Few branches, unequal in size: the mixed model by nlme (Debian), CR2 and its degrees of freedom by clubSandwich
# (Pustejovsky & Tipton, GPL; not part of this project). Run in this folder, with the source of clubSandwich at hand:
# Rscript training.R PATH/R. Writes training_r.csv, which tests/lessons/test_lesson_17.py compares with lesson 17's own cells.
# `sandwich::bread`, from a package that is not at hand, is written out for least squares.
for (one in list.files(commandArgs(trailingOnly = TRUE)[1], full.names = TRUE))
  eval(parse(text = gsub("sandwich::bread", "bread", readLines(one))))
bread <- function(x, ...) summary(x)$cov.unscaled * length(residuals(x))
people <- read.csv("training.csv")
mixed <- nlme::lme(later ~ pre + trained, random = ~ 1 | branch, data = people, method = "REML")
spread <- as.numeric(nlme::VarCorr(mixed)[, "Variance"])
plain <- lm(later ~ pre + trained, data = people)
robust <- coef_test(plain, vcov = "CR2", cluster = people$branch, test = "Satterthwaite")["trained", ]
write.csv(data.frame(
  quantity = c("mixed_effect", "mixed_error", "between", "within", "cr2_effect", "cr2_error", "cr2_df"),
  value = c(nlme::fixef(mixed)[["trained"]], sqrt(vcov(mixed)["trained", "trained"]), spread[1], spread[2],
            robust$beta, robust$SE, robust$df_Satt)), "training_r.csv", row.names = FALSE, quote = FALSE)
