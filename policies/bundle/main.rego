# METADATA
# title: Conftest, with the profile default
package main

import data.lintel

deny contains failure if some failure in lintel.failures("default")

warn contains remark if some remark in lintel.remarks("default")
