resource "aws_iam_account_password_policy" "short" {
  minimum_password_length        = 8 # want "aws_iam_account_password_policy.short allows passwords of 8 characters"
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}

resource "aws_iam_account_password_policy" "default" { # want "allows passwords of 6 characters"
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}
