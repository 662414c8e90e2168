# METADATA
# title: Credentials for the deployment are written into the template
# description: |
#   Whoever can read the file can do on AWS what the deployment can. The keys stay valid until
#   somebody revokes them.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_41
#     - KICS 9ecb6b21
#     - cfn_nag W1
#   remediation: |
#     Revoke the keys. Let Terraform take credentials from the environment, a profile or a role
#     that CI assumes; let instances use their role.
package rules.provider_hardcoded_credentials

deny contains {"at": credentials.secret_key.at, "message": $"{credentials.id} has a secret key written into it"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.secret_key.secret
}

deny contains {"at": credentials.access_key.at, "message": $"{credentials.id} has an access key written into it"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.access_key.secret
	not credentials.secret_key.secret # where both are written, the secret one is reported
}

deny contains {"at": credentials.token.at, "message": $"{credentials.id} has a session token written into it"} if {
	some credentials in input.credentials
	not stands_in(credentials)
	credentials.token.secret
}

deny contains {"at": credentials.password.at, "message": $"{credentials.id} has a password written into it"} if {
	some credentials in input.credentials
	credentials.password.secret
}

# stands_in reports whether a provider speaks, or may speak, to a stand-in for AWS.
stands_in(credentials) if credentials.skips_check.value == true

stands_in(credentials) if credentials.skips_check.unknown

stands_in(credentials) if not credentials.endpoints.absent
