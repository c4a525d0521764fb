import pandas as pd
from gia_analysis.schema import Frames, build
def run_checks(frames): return build("checks")
