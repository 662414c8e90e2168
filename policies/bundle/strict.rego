# METADATA
# title: Conftest, with the profile strict
package lintel.strict

import data.lintel

deny contains failure if some failure in lintel.failures("strict")

warn contains remark if some remark in lintel.remarks("strict")
