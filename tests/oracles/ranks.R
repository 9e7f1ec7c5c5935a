# Simultaneous sets of ranks by csranks (Mogstad, Romano, Shaikh & Wilhelm, GPL; not part of this project). Run in this
# folder, with the source of csranks at hand: Rscript ranks.R PATH/R
# In the tables no pair lies so near the bar that chance decides it.
# Writes ranks_csranks.csv, which tests/helpers/methods/test_ranks.py compares with what `ranks.sets` computes.
for (name in c("argument_checks.R", "utilityfunctions.R", "rank_utils.R", "diffmeans.R", "ranks.R"))
  source(file.path(commandArgs(trailingOnly = TRUE)[1], name))
tables <- read.csv("ranks.csv")
rows <- list()
for (table in unique(tables$table)) for (stepdown in c(TRUE, FALSE)) for (coverage in c(0.95, 0.8)) {
  part <- tables[tables$table == table, ]
  found <- csranks(part$estimate, diag(part$error^2), coverage = coverage, stepdown = stepdown, R = 20000, seed = 1)
  rows[[length(rows) + 1]] <- data.frame(table = table, stepdown = stepdown, confidence = coverage,
    place = found$rank, low = found$L, high = found$U)
}
write.csv(do.call(rbind, rows), "ranks_csranks.csv", row.names = FALSE, quote = FALSE)
