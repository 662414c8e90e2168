# METADATA
# title: Build project shows secrets or controls its host
# description: |
#   Variables of a build in plain text can be read by everyone who may look at the project, and
#   builds print them. A privileged build controls the machine that it runs on, so a bad
#   dependency in it does, too. What comes out of the build is what the functions run.
# related_resources:
#   - ref: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html
#     description: EnvironmentVariable in the CodeBuild API
#   - ref: https://docs.aws.amazon.com/codebuild/latest/userguide/security_iam_id-based-policy-examples.html
#     description: Using identity-based policies for CodeBuild
# schemas:
#   - input: schema.stack
# custom:
#   id: codebuild-privileged-or-plaintext
#   severity: medium
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_316
#     - CKV_AWS_78
#     - cdk-nag CodeBuildProjectEnvVarAwsCred
#   remediation: |
#     Keep secrets in Secrets Manager or the Parameter Store and give the variable the type
#     SECRETS_MANAGER or PARAMETER_STORE. Leave privileged mode to builds that make container
#     images.
package rules.codebuild_privileged_or_plaintext

deny contains {"at": variable.value.at, "message": $"{project.id} has {variable.name.value} in plain text"} if {
	some project in input.build_projects
	some variable in project.variables.items
	variable.type.value == "PLAINTEXT"
	variable.name.value
	variable.value.secret
}

# Whether a build makes images can only be told where its commands are written.
deny contains {"at": project.privileged.at, "message": $"{project.id} runs privileged, but makes no container image"} if {
	some project in input.build_projects
	project.privileged.value == true
	contains(project.build_spec.value, "commands")
	not regex.match(`(?i)docker|container|podman|buildah|kaniko|buildx|image|pack build|jib|sam |cdk |cypress|compose`, project.build_spec.value)
}
