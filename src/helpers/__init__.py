"""The small analysis package that the notebooks import: ``from helpers import servqual, plots``.

The first line of each module says what it answers.

========================  ==========================================================================
surveys                   servqual, scales, intervals, resample
journeys and moments      eventlog, journey, importance, decomposition, moments
customers                 engines, rfm, behaviour, worth, lifetime, survival, traits, segments, partition
plans and trials          plan, planwords, experiment, precision, looks
monitoring                control, chance, series, rollout
figures                   plots, maps, drivers, tiers, futures, cards, boards, atlas, trials, charts
what all of them need     language, checks, files, tables, codebook, catalogue, data
========================  ==========================================================================
"""
