# METADATA
# title: CodeBuild project has plaintext secrets or runs in privileged mode
# description: |
#   Plaintext environment variables of a CodeBuild project are readable by everyone who can view the
#   project, and often appear in build logs. A build in privileged mode controls its host, and so
#   does a malicious dependency in it. The build produces the code that the functions run.
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
#   practices: [2b, 6b]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_316
#     - cdk-nag CodeBuildProjectEnvVarAwsCred
#   remediation: |
#     Store secrets in Secrets Manager or Parameter Store, and set the variable's type to
#     `SECRETS_MANAGER` or `PARAMETER_STORE`. Use privileged mode only for builds that build
#     container images.
package rules.codebuild_privileged_or_plaintext

deny contains {"at": variable.value.at, "message": $"{project.id} has a secret in environment variable {variable.name.value} of type PLAINTEXT", "key": variable.name.value} if {
	some project in input.build_projects
	some variable in project.variables.items
	variable.type.value == "PLAINTEXT"
	variable.name.value
	variable.value.secret
}

# Only an inline build specification with commands shows that a build creates no images.
deny contains {"at": project.privileged.at, "message": $"{project.id} runs in privileged mode, but its commands build no container image"} if {
	some project in input.build_projects
	project.privileged.value == true
	contains(project.build_spec.value, "commands")
	not regex.match(`(?i)docker|container|podman|buildah|kaniko|buildx|image|pack build|jib|sam |cdk |cypress|compose`, project.build_spec.value)
}
