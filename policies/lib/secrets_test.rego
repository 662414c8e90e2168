package lib.secrets_test

import data.lib.secrets

# The keys are made up; none was ever given out.
test_access_key if {
	every text in [
		"AKIAQ3EGRIXW7LDTK2VN",
		"ASIAQ3EGRIXW7LDTK2VN",
		"AKIAQ3EGRIXW7LDTK2VN:secret",
		"key=AKIAQ3EGRIXW7LDTK2VN;region=eu-west-1",
	] {
		secrets.access_key(text)
	}
}

test_no_access_key if {
	every text in [
		"",
		"ASIAPACIFICNORTHEAST", # a word
		"AROAQ3EGRIXW7LDTK2VN", # the id of a role
		"AIDAQ3EGRIXW7LDTK2VN", # the id of a user
		"AKIAIOSFODNN7EXAMPLE", # documentation
		"AKIAXXXXXXXXXXXXXXX1",
		"AKIAQ3EGRIXW7LDTK2V", # too short
		"AKIAQ3EGRIXW7LDTK2VNA", # too long
		"eyJrAKIAQ3EGRIXW7LDTK2VN", # inside of something else
	] {
		not secrets.access_key(text)
	}
}

test_secret_access_key if {
	every text in [
		"b7Qd0vXm2KzR+9tLw4YsJ1eUfGh6PnA/8cTiEoWk",
		"Zk3WvT9rQ1nYx8MdPb5LsG7hJc2FuKe4RaVtXiNo",
	] {
		secrets.secret_access_key(text)
	}
}

test_no_secret_access_key if {
	every text in [
		"",
		"orders-prod-eu-west-1-invoices-export-v2",
		"OrdersProdEuWest1InvoicesExportV2Archive",
		"ordersProdInvoicesExportHandlerFunction1",
		"prod/Orders/Database2/MasterCredentials1",
		"3f786850e387550fdab836ed7e6dc881de23001b", # a hash
		"3F786850E387550FDAB836ED7E6DC881DE23001B",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
		"git.commit.sha:3f786850e387550fdab836ed7",
		"/etc/pki/ca-trust/extracted/pem/tls.pem1",
		"https://sqs.eu-west-1.amazonaws.com/1/AB",
		"b7Qd0vXm2KzR+9tLw4YsJ1eUfGh6PnA/8cTiEoW",
	] {
		not secrets.secret_access_key(text)
	}
}

test_named_secret if {
	every name in ["AWS_SECRET_ACCESS_KEY", "PARTNER_SECRET", "s3AccessKey", "AWS_KEY", "awsCredentials"] {
		secrets.named_secret(name)
	}
}

test_not_named_secret if {
	every name in ["BUCKET", "SECRET_NAME", "SECRET_ARN", "AWS_BUCKET", "ACCESS_KEY_PARAMETER", "SecretId", "COMMIT"] {
		not secrets.named_secret(name)
	}
}
