variable "groups" {
  type = list(string)
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t4g.micro"
  vpc_security_group_ids = var.groups
}
