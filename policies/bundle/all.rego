# METADATA
# title: Conftest, with the profile all
package lintel.all

import data.lintel

deny contains failure if some failure in lintel.failures("all")

warn contains remark if some remark in lintel.remarks("all")
