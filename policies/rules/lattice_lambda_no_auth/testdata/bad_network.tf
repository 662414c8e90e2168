resource "aws_vpclattice_service" "shop" { # want "forwards requests to a function without authentication: its auth type is NONE"
  name = "shop"
}

resource "aws_vpclattice_target_group" "orders" {
  name = "orders"
  type = "LAMBDA"
}

resource "aws_vpclattice_listener" "shop" {
  name               = "shop"
  protocol           = "HTTPS"
  service_identifier = aws_vpclattice_service.shop.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.orders.id
      }
    }
  }
}

resource "aws_vpclattice_service_network" "inside" {
  name      = "inside"
  auth_type = "NONE"
}

resource "aws_vpclattice_service_network_service_association" "shop" {
  service_identifier         = aws_vpclattice_service.shop.id
  service_network_identifier = aws_vpclattice_service_network.inside.id
}
