# The response surface of satisfaction over expectation and perception, by RSA 0.10.6 (Schönbrodt & Humberg, GPL; not part
# of this project). Run in this folder, with the source of RSA at hand: Rscript surface.R PATH/R
# Writes surface_rsa.csv, which tests/lessons/test_lesson_01.py compares with what lesson 01 deeper computes.
suppressMessages(library(lavaan))
for (name in c("helpers.R", "helpers_cubic.R", "getPar.R", "outpro.R", "generics.R", "compare.R", "aictab.R", "RSA.R"))
  source(file.path(commandArgs(trailingOnly = TRUE)[1], name))
people <- read.csv("surface.csv")
people$E <- people$expected - 4
people$P <- people$perceived - 4
fitted <- RSA(satisfaction ~ E * P, people, center = "none", scale = "none", out.rm = FALSE, se = "standard",
              models = c("full", "diff", "onlyx", "onlyy", "additive"), verbose = FALSE)
rows <- list()
for (model in c("full", "diff", "onlyx", "onlyy", "additive")) {
  told <- parameterEstimates(fitted$models[[model]])
  told <- told[told$label %in% c("b1", "b2", "b3", "b4", "b5", "a1", "a2", "a3", "a4", "a5"), ]
  told <- told[!duplicated(told$label), ]
  rows[[model]] <- data.frame(model = model, name = told$label, value = told$est, se = told$se)
  rows[[paste(model, "r2")]] <- data.frame(
    model = model, name = "r2", value = inspect(fitted$models[[model]], "r2")[["satisfaction"]], se = NA)
}
write.csv(do.call(rbind, rows), "surface_rsa.csv", row.names = FALSE, quote = FALSE)
