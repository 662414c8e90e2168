# Every policy that allows the call is off by default.
variable "with_table" {
  type    = bool
  default = false
}

variable "more_policies" {
  type    = list(string)
  default = []
}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_lambda_function" "orders" {
  for_each      = toset(["count", "dynamic", "conditional", "module", "attached"])
  function_name = each.key
  role          = aws_iam_role.orders[each.key].arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = data.archive_file.code.output_path
}

resource "aws_iam_role" "orders" {
  for_each = toset(["count", "dynamic", "conditional", "module", "attached"])
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "count" {
  count = var.with_table ? 1 : 0
  role  = aws_iam_role.orders["count"].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "*" }]
  })
}

data "aws_iam_policy_document" "dynamic" {
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
  dynamic "statement" {
    for_each = var.with_table ? ["table"] : []
    content {
      actions   = ["dynamodb:PutItem"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role_policy" "dynamic" {
  role   = aws_iam_role.orders["dynamic"].id
  policy = data.aws_iam_policy_document.dynamic.json
}

resource "aws_iam_role_policy" "conditional" {
  role = aws_iam_role.orders["conditional"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" }],
      var.with_table ? [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "*" }] : [],
    )
  })
}

module "table" {
  source  = "./table"
  enabled = var.with_table
  role    = aws_iam_role.orders["module"].name
}

resource "aws_iam_role_policy_attachment" "attached" {
  for_each   = toset(var.more_policies)
  role       = aws_iam_role.orders["attached"].name
  policy_arn = each.value
}
