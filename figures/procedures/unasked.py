"""A plugin of pytest that plants a fault: a proof that does not look at the parts or the whole.

Loaded by the figure `checks` under BREAK=1 alone.
"""

import thidua.definitions.check as proof

vars(proof)["_PARTS"] = ()
vars(proof)["_WHOLE"] = ()
