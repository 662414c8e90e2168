# METADATA
# title: Hardcoded deployment credentials
# description: |
#   Anyone who can read the file, or the history of its repository, can use AWS with the permissions
#   of these credentials. They stay valid until they are revoked.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#provider-configuration
#     description: "Terraform AWS provider: provider configuration"
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html
#     description: AWS::CloudFormation::Authentication
# schemas:
#   - input: schema.stack
# custom:
#   id: provider-hardcoded-credentials
#   severity: critical
#   category: secrets
#   profile: default
#   practices: [2b, 6b]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_41
#     - KICS 9ecb6b21
#     - cfn_nag W1
#   remediation: |
#     Revoke the credentials and remove them from the template. Use credentials from the
#     environment, a profile or a role that CI assumes; on EC2 instances, use an instance profile.
package rules.provider_hardcoded_credentials

deny contains {"at": credentials.secret_key.at, "message": $"{credentials.id} has a hardcoded secret key"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.secret_key.secret
}

deny contains {"at": credentials.access_key.at, "message": $"{credentials.id} has a hardcoded access key"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.access_key.secret
	not credentials.secret_key.secret # the secret key is reported where both are hardcoded
}

# The keys of the AWS documentation open nothing.
deny contains {"at": credentials.access_key.at, "key": "example", "message": $"{credentials.id} has an example key of the AWS documentation", "severity": "info"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.access_key.example_key
	not credentials.secret_key.secret
}

deny contains {"at": credentials.secret_key.at, "key": "example", "message": $"{credentials.id} has an example key of the AWS documentation", "severity": "info"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.secret_key.example_key
	not credentials.access_key.example_key # the access key is reported where both are examples
	not credentials.access_key.secret
}

deny contains {"at": credentials.token.at, "message": $"{credentials.id} has a hardcoded session token"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.token.secret
}

deny contains {"at": credentials.password.at, "message": $"{credentials.id} has a hardcoded password"} if {
	some credentials in input.credentials
	credentials.password.secret
}

# stands_in reports whether a provider connects, or may connect, to an emulator of AWS.
stands_in(credentials) if credentials.skips_check.value == true

stands_in(credentials) if credentials.skips_check.unknown

stands_in(credentials) if not credentials.endpoints.absent
