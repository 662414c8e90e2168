resource "aws_iam_account_password_policy" "year" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 365 # want "aws_iam_account_password_policy.year has a maximum password age of 365 days"
  allow_users_to_change_password = true
}

resource "aws_iam_account_password_policy" "default" { # want "has a maximum password age of 0 days"
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  allow_users_to_change_password = true
}

resource "aws_iam_account_password_policy" "zero" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 0 # want "maximum password age of 0 days"
  allow_users_to_change_password = false # want "zero does not allow users to change their own passwords"
}
