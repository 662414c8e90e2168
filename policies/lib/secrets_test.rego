package lib.secrets_test

import data.lib.secrets

test_token if {
	secrets.token("github-pat")
	not secrets.token("aws-access-key-id")
	not secrets.token("")
}

test_what if {
	secrets.what({"form": "jwt", "name": ""}) == "has the form jwt"
	secrets.what({"form": "", "name": "password"}) == "sets password to a plaintext value"
}
