# How many rows share the values of each row, counted by sdcMicro (freqCalc, GPL-2; not part of this project).
# Run in this folder, with the source of sdcMicro at hand: Rscript frequencies.R PATH/freqCalc.r
# Writes frequencies_sdcmicro.csv, which tests/owndata/share/test_quasi.py compares with owndata.share.quasi.
suppressMessages(library(data.table))
source(commandArgs(trailingOnly = TRUE)[1])
people <- read.csv("frequencies.csv")
known <- c("birth_year", "joined", "branch", "kind")
complete <- freqCalc(people, keyVars = known)
gaps <- people
gaps$joined[seq(5, 300, by = 25)] <- NA
gaps$branch[seq(9, 300, by = 40)] <- NA
missing <- freqCalc(gaps, keyVars = known)
coarse <- people
coarse$birth_year <- coarse$birth_year %/% 10 * 10
coarser <- freqCalc(coarse, keyVars = c("birth_year", "branch"))
write.csv(
  data.frame(complete = complete$fk, missing = missing$fk, coarser = coarser$fk),
  "frequencies_sdcmicro.csv",
  row.names = FALSE, quote = FALSE
)
