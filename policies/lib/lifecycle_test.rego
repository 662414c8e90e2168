package lib.lifecycle_test

import data.lib.lifecycle

test_may_be if {
	lifecycle.may_be({"targets": [1, 2]}, 2)
	lifecycle.may_be({"unknown": true, "targets": []}, 0)
	not lifecycle.may_be({"unknown": true, "targets": [1]}, 0)
	not lifecycle.may_be({"value": "orders", "targets": []}, 0)
}
