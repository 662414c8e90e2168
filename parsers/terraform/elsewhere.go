package terraform

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// findsElsewhere reports whether a data source finds resources that are not those of the configuration: AWS assigns their IDs, and
// its arguments, which filter them, come from none of the configuration.
func (s scope) findsElsewhere(name string, b *block, k key, of expansion) bool {
	if !slices.Contains(foundByID, b.labels[0]) || b.body.get("depends_on") != nil {
		return false
	}
	found := s.once(name+k.suffix()+" finds elsewhere", b.header, func() cty.Value {
		in := k.in(s.instance, of)
		return cty.BoolVal(!isOfConfiguration(in.body(b.body, b.header)))
	})
	return found.IsKnown() && found.True()
}

// foundByID are the data sources for resources with IDs that AWS assigns.
var foundByID = []string{ //nolint:gochecknoglobals // a table, never written
	"aws_api_gateway_rest_api", "aws_apigatewayv2_api", "aws_cognito_user_pools", "aws_lb", "aws_network_acls", "aws_route_table", "aws_route_tables",
	"aws_security_group", "aws_security_groups", "aws_subnet", "aws_subnets", "aws_vpc", "aws_vpc_endpoint", "aws_vpcs",
}

// isOfConfiguration reports whether something in a value comes from a resource of the configuration, or from a data source that
// may find one, or is the name of the default security group of a VPC, which a configuration can take over.
func isOfConfiguration(t tree.Tree) bool {
	return len(t.Refs) > 0 && !t.Outside || t.Scalar == "default" || slices.ContainsFunc(t.Items, isOfConfiguration) || slices.ContainsFunc(t.Pieces, isOfConfiguration) ||
		slices.ContainsFunc(t.Fields, func(f tree.Field) bool { return isOfConfiguration(f.Tree) })
}
