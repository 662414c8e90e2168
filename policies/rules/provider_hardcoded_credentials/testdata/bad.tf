provider "aws" {
  region     = "eu-west-1"
  access_key = "AKIAQ3EGRIXW7LDTK2VN"
  secret_key = "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" # want "provider.aws has a hardcoded secret key"
}

provider "aws" {
  alias      = "backup"
  region     = "eu-central-1"
  access_key = "AKIAQ3EGRIXW7LDTK2VN" # want "provider.aws.backup has a hardcoded access key"
  secret_key = var.secret_key
}

variable "secret_key" {
  type = string
}

resource "aws_lambda_layer_version" "shared" {
  layer_name = "shared"
  filename   = "shared.zip"
}

provider "aws" {
  alias      = "documented"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # want "provider.aws.documented has an example key of the AWS documentation"
}
