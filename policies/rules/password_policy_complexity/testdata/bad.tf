resource "aws_iam_account_password_policy" "weak" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = false # want "aws_iam_account_password_policy.weak does not require symbols"
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}

resource "aws_iam_account_password_policy" "default" { # want "does not require lowercase letters, numbers, symbols, uppercase letters"
  minimum_password_length        = 14
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}
