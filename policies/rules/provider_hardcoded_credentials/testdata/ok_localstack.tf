provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "AKIAQ3EGRIXW7LDTK2VN"
  secret_key                  = "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"
  skip_credentials_validation = true

  endpoints {
    lambda = "http://localhost:4566"
  }
}

provider "aws" {
  alias      = "mock"
  access_key = "mock_access_key"
  secret_key = "mock_secret_key"
}
