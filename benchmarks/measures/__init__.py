"""How well the pictures are measured: extractors beside the known truth of the sample clips.

film ─ extractor ─▶ signals ─ readings ─▶ answers ┐
truth table ─ clips ─────────────────▶ truth      ┴─ frames ─▶ scores ─▶ page
"""
