# METADATA
# title: Code imports an SDK that the runtime does not contain
# description: |
#   The Node.js runtimes contain one version of the AWS SDK: version 2 (aws-sdk) until nodejs16.x,
#   version 3 (@aws-sdk) from nodejs18.x. Code that imports the other one without packaging it fails
#   when it is loaded.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
#     description: Building Lambda functions with Node.js
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-module-missing
#   severity: high
#   category: reliability
#   profile: default
#   practices: [11d]
#   known_only: true
#   since: v0.1.0
#   remediation: |
#     Add the SDK to the dependencies of the package, or change the import to the SDK that the runtime
#     contains.
package rules.runtime_module_missing

deny contains {"at": module.at, "message": $"{fn.id} imports aws-sdk, which neither the runtime {fn.runtime.value} nor the package contains", "key": "aws-sdk"} if {
	some fn in input.functions
	startswith(fn.runtime.value, "nodejs")
	not fn.runtime.value in with_version_2
	some i in fn.source.targets
	some module in input.sources[i].imports.items
	module.module.value == "aws-sdk"
	module.packaged.value == false
	module.optional.value == false
}

deny contains {"at": module.at, "message": $"{fn.id} imports {name}, which neither the runtime {fn.runtime.value} nor the package contains", "key": $"{name}"} if {
	some fn in input.functions
	fn.runtime.value in with_version_2
	some i in fn.source.targets
	some module in input.sources[i].imports.items
	name := module.module.value
	startswith(name, "@aws-sdk/")
	module.packaged.value == false
	module.optional.value == false
}

with_version_2 := {"nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x"}
