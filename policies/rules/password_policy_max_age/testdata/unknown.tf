variable "age" {
  type = number
}

variable "change" {
  type = bool
}

resource "aws_iam_account_password_policy" "unknown" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = var.age
  allow_users_to_change_password = var.change
}
