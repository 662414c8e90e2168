# The cause of a value is the argument, as far out as it goes.
module "literal" {
  source = "./api"
  auth   = "NONE"
}

module "default" {
  source = "./api"
}

module "each" {
  source   = "./api"
  for_each = { open = "NONE", closed = "AWS_IAM" }
  auth     = each.value
  origins  = ["https://${each.key}.example.org"]
}

module "outer" {
  source = "./outer"
  auth   = module.literal.auth
}

module "installed" {
  source  = "example/api/aws//modules/api"
  version = "1.0.0"
  auth    = "NONE"
}

module "missing" {
  source = "example/other/aws"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = module.missing.runtime
  handler       = module.outer.auth
}
