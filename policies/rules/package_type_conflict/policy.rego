# METADATA
# title: Package type does not match the settings of the function
# description: |
#   Lambda rejects a container image with a handler, a runtime or layers, which the image contains
#   itself, and a Zip package without a handler and a runtime. Inline code requires a runtime of
#   Node.js or Python. The deployment fails. Terraform does not send the handler and the runtime of
#   a container image, so there they are not reported.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
#     description: CreateFunction
# schemas:
#   - input: schema.stack
# custom:
#   id: package-type-conflict
#   severity: medium
#   category: supply-chain
#   profile: default
#   practices: [11d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - Semgrep lambda-redundant-field-with-image
#     - cfn-lint E3685
#     - cfn-lint E3677
#     - cfn-lint E3678
#     - cfn-lint W2533
#   remediation: |
#     Remove the handler, the runtime and the layers of a container image. In SAM, use
#     `IgnoreGlobals` for values of `Globals`. Set the handler and the runtime of a Zip package.
package rules.package_type_conflict

deny contains {"at": fn.handler.at, "message": $"{fn.id} is a container image and has the handler {fn.handler.value}, which Lambda rejects"} if {
	some fn in input.functions
	fn.package_type.value == "Image"
	fn.handler.value
}

deny contains {"at": fn.runtime.at, "message": $"{fn.id} is a container image and has the runtime {fn.runtime.value}, which Lambda rejects"} if {
	some fn in input.functions
	fn.package_type.value == "Image"
	fn.runtime.value
}

deny contains {"at": fn.layers.at, "message": $"{fn.id} is a container image and has layers, which Lambda rejects"} if {
	some fn in input.functions
	fn.package_type.value == "Image"
	is_present(fn.layers.items[0])
}

deny contains {"at": fn.handler.at, "message": $"{fn.id} has no handler, which a Zip package requires", "key": "handler"} if {
	some fn in zipped
	fn.handler.absent
}

deny contains {"at": fn.runtime.at, "message": $"{fn.id} has no runtime, which a Zip package requires", "key": "runtime"} if {
	some fn in zipped
	fn.runtime.absent
}

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
deny contains {"at": fn.runtime.at, "message": $"{fn.id} has inline code for the runtime {fn.runtime.value}: CloudFormation accepts it only for Node.js and Python", "key": "inline"} if {
	some fn in input.functions
	fn.code.inline.value
	not regex.match(`^(nodejs|python)`, fn.runtime.value)
}

zipped contains fn if {
	some fn in input.functions
	fn.package_type.value == "Zip"
	fn.code.image_uri.absent
	fn.runtime_arn.absent
	has_package(fn.code)
}

# has_package reports whether a function has a package, or may have. One without is the default of a module whose callers pass
# the package and the handler.
has_package(code) if {
	some place in [code.path, code.inline, code.s3_bucket, code.asset]
	not place.absent
}

is_present(layer) if layer.value

is_present(layer) if layer.targets[0] >= 0
