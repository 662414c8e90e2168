# Several values exceed the limit of steps together: the one at which it strikes must always be the same.
locals {
  wide   = range(600)
  first  = { for a in local.wide : a => { for b in local.wide : b => a * b } }
  second = { for a in local.wide : a => { for b in local.wide : b => a + b } }
  third  = { for a in local.wide : a => { for b in local.wide : b => a - b } }
}

resource "aws_lambda_function" "first" {
  function_name = "first"
  role          = "arn:aws:iam::123456789012:role/r"
  runtime       = "python3.7"
  handler       = local.first[3][5]
  environment {
    variables = { A = local.second[1][2], B = local.third[1][2] }
  }
}

resource "aws_lambda_function" "second" {
  function_name = "second"
  role          = "arn:aws:iam::123456789012:role/r"
  runtime       = "python3.7"
  handler       = local.third[3][5]
}
