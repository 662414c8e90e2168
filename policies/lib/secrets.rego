# METADATA
# description: The reason why a text is a secret. The model detects secrets.
package lib.secrets

# of_aws contains the forms of AWS credentials.
of_aws := {"aws-access-key-id", "aws-secret-access-key"}

# token reports whether a secret has a form other than that of AWS credentials.
token(form) if {
	form != ""
	not form in of_aws
}

# what returns why a text is a secret, as the predicate of a sentence about the text.
what(secret) := $"has the form {secret.form}" if secret.form != ""

what(secret) := $"sets {secret.name} to a plaintext value" if secret.form == ""
