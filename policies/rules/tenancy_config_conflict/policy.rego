# METADATA
# title: Tenant isolation is combined with something that does not support it
# description: |
#   Lambda runs a function with tenant isolation only for invocations with a tenant ID. It rejects
#   SnapStart, provisioned concurrency and function URLs for such a function, and event source
#   mappings and services that deliver events cannot send a tenant ID.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html
#     description: Tenant isolation
# schemas:
#   - input: schema.stack
# custom:
#   id: tenancy-config-conflict
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   remediation: |
#     Remove the setting or the event source, or use a function without tenant isolation for it. API
#     Gateway and direct invocations send a tenant ID in the header `X-Amz-Tenant-Id`.
package rules.tenancy_config_conflict

deny contains {"at": fn.snap_start.apply_on.at, "message": $"{fn.id} has tenant isolation, which Lambda does not support together with SnapStart ({fn.snap_start.apply_on.value})"} if {
	some fn in input.functions
	fn.tenancy.mode.value == "PER_TENANT"
	fn.snap_start.apply_on.value == "PublishedVersions"
}

deny contains {"at": config.function.at, "message": $"{config.id} gives provisioned concurrency to {input.functions[i].id}, which has tenant isolation"} if {
	some config in input.provisioned_concurrency
	some i in config.function.targets
	isolated[i]
}

deny contains {"at": url.function.at, "message": $"{url.id} is a function URL of {input.functions[i].id}, which has tenant isolation"} if {
	some url in input.function_urls
	some i in url.function.targets
	isolated[i]
}

deny contains {"at": source.function.at, "message": $"{source.id} invokes {input.functions[i].id} without a tenant ID, which its tenant isolation requires"} if {
	some source in input.event_sources
	some i in source.function.targets
	isolated[i]
}

deny contains {"at": target.function.at, "message": $"{trigger.id} invokes {input.functions[i].id} without a tenant ID, which its tenant isolation requires"} if {
	some trigger in input.triggers
	trigger.service.value in {"config", "events", "iot", "logs", "s3", "sns"}
	some target in trigger.targets.items
	some i in target.function.targets
	isolated[i]
}

# isolated are the indices of the functions with tenant isolation.
isolated[i] if {
	some i, fn in input.functions
	fn.tenancy.mode.value == "PER_TENANT"
}
