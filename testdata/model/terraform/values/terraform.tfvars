from_tfvars = "tfvars"
last_wins   = "tfvars"
typed       = { timeout = "30" }
not_null    = null
undeclared  = "is passed over"
