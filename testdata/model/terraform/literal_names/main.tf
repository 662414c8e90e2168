resource "aws_lambda_function" "f" {
  function_name = "my-func"
  role = "arn:aws:iam::123456789012:role/r"
}
resource "aws_sfn_state_machine" "encoded" {
  role_arn = "r"
  definition = jsonencode({StartAt="A", States = {A={Type="Task",Resource="arn:aws:states:::lambda:invoke",Parameters={FunctionName="my-func"},End=true}}})
}
resource "aws_sfn_state_machine" "arn" {
  role_arn = "r"
  definition = <<X
{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:my-func","End":true}}}
X
}
resource "aws_sfn_state_machine" "ref" {
  role_arn = "r"
  definition = jsonencode({StartAt="A", States = {A={Type="Task",Resource=aws_lambda_function.f.arn,End=true}}})
}
resource "aws_cloudfront_distribution" "d" {
  enabled = true
  ordered_cache_behavior {
    path_pattern = "/x"
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:my-func:2"
    }
  }
}
