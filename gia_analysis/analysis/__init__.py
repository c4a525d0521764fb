from gia_analysis.schema import build
def compute_indicators(frames, checks): return build("indicators")
