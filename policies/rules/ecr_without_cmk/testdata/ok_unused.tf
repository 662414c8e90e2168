# No function of the stack has an image of the repository.
resource "aws_ecr_repository" "orders" {
  name = "orders"
}
