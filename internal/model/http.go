package model

import "lintel/internal/tree"

// httpKinds are services other than API Gateway that turn HTTP requests into invocations, and those that protect them.
type httpKinds struct {
	LoadBalancers       []LoadBalancer       `json:"load_balancers" tf:"aws_lb|aws_alb" cfn:"AWS::ElasticLoadBalancingV2::LoadBalancer"`
	Listeners           []Listener           `json:"listeners" tf:"aws_lb_listener|aws_alb_listener" cfn:"AWS::ElasticLoadBalancingV2::Listener"`
	ListenerRules       []ListenerRule       `json:"listener_rules" tf:"aws_lb_listener_rule|aws_alb_listener_rule" cfn:"AWS::ElasticLoadBalancingV2::ListenerRule"`
	TargetGroups        []TargetGroup        `json:"target_groups" tf:"aws_lb_target_group|aws_alb_target_group" cfn:"AWS::ElasticLoadBalancingV2::TargetGroup"`
	LatticeServices     []LatticeService     `json:"lattice_services" tf:"aws_vpclattice_service" cfn:"AWS::VpcLattice::Service"`
	LatticeRoutes       []LatticeRoute       `json:"lattice_routes" tf:"aws_vpclattice_listener|aws_vpclattice_listener_rule" cfn:"AWS::VpcLattice::Listener|AWS::VpcLattice::Rule"`
	LatticeTargetGroups []LatticeTargetGroup `json:"lattice_target_groups" tf:"aws_vpclattice_target_group" cfn:"AWS::VpcLattice::TargetGroup"`
	LatticeNetworks     []LatticeNetwork     `json:"lattice_networks" tf:"aws_vpclattice_service_network" cfn:"AWS::VpcLattice::ServiceNetwork"`
	LatticeAssociations []LatticeAssociation `json:"lattice_associations" tf:"aws_vpclattice_service_network_service_association" cfn:"AWS::VpcLattice::ServiceNetworkServiceAssociation"`
	UserPools           []UserPool           `json:"user_pools" tf:"aws_cognito_user_pool" cfn:"AWS::Cognito::UserPool"`
	GraphQLAPIs         []GraphQLAPI         `json:"graphql_apis" tf:"aws_appsync_graphql_api" cfn:"AWS::AppSync::GraphQLApi" sam:"AWS::Serverless::GraphQLApi"`
	GraphQLSources      []GraphQLSource      `json:"graphql_sources" tf:"aws_appsync_datasource" cfn:"AWS::AppSync::DataSource"`
	WebACLAssociations  []WebACLAssociation  `json:"web_acl_associations" tf:"aws_wafv2_web_acl_association|aws_wafregional_web_acl_association" cfn:"AWS::WAFv2::WebACLAssociation|AWS::WAFRegional::WebACLAssociation"`
}

// LoadBalancer is an Application, Network or Gateway Load Balancer. Only the first has functions as targets.
// Defaults: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
type LoadBalancer struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	// Internal is false for a load balancer that is reachable from the internet.
	Internal Value[bool]   `json:"internal" tf:"internal" default:"false"`
	Scheme   Value[string] `json:"-" cfn:"Scheme"` // internet-facing or internal: joinSchemes moves it into Internal
}

// Listener accepts the connections of a load balancer at a port.
type Listener struct {
	Resource
	LoadBalancer Ref `json:"load_balancer" tf:"load_balancer_arn" cfn:"LoadBalancerArn" to:"load_balancers"`
	// Protocol is HTTP or HTTPS for a listener that can have functions behind it.
	Protocol  Value[string]        `json:"protocol" tf:"protocol" cfn:"Protocol"`
	SSLPolicy Value[string]        `json:"ssl_policy" tf:"ssl_policy" cfn:"SslPolicy"`
	Actions   List[ListenerAction] `json:"actions" tf:"default_action" cfn:"DefaultActions"`
}

// ListenerRule is what a listener does with some of the requests.
type ListenerRule struct {
	Resource
	Listener Ref                  `json:"listener" tf:"listener_arn" cfn:"ListenerArn" to:"listeners"`
	Actions  List[ListenerAction] `json:"actions" tf:"action" cfn:"Actions"`
}

// ListenerAction is one step of what a listener does with a request.
type ListenerAction struct {
	Block
	// Type is forward, redirect, fixed-response, authenticate-cognito, authenticate-oidc or jwt-validation.
	Type         Value[string] `json:"type" tf:"type" cfn:"Type"`
	TargetGroups List[Ref]     `json:"target_groups" tf:"target_group_arn|forward.target_group[].arn" cfn:"TargetGroupArn|ForwardConfig.TargetGroups[].TargetGroupArn" to:"target_groups"`
}

// TargetGroup is a group of targets of a load balancer.
// Defaults: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
type TargetGroup struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	// Type is instance, ip, lambda or alb.
	Type Value[string] `json:"target_type" tf:"target_type" cfn:"TargetType" default:"instance"`
}

// LatticeService is a service of VPC Lattice.
// Defaults: https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html
type LatticeService struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	// AuthType is NONE or AWS_IAM.
	AuthType Value[string] `json:"auth_type" tf:"auth_type" cfn:"AuthType" default:"NONE"`
}

// LatticeRoute is what a service of VPC Lattice does with requests: the default action of a listener, or a rule.
type LatticeRoute struct {
	Resource
	Service      Ref       `json:"service" tf:"service_identifier|service_arn" cfn:"ServiceIdentifier" to:"lattice_services"`
	Listener     Ref       `json:"listener" tf:"listener_identifier" cfn:"ListenerIdentifier" to:"lattice_routes"` // of a rule
	TargetGroups List[Ref] `json:"target_groups" tf:"default_action.forward.target_groups[].target_group_identifier|action.forward.target_groups[].target_group_identifier" cfn:"DefaultAction.Forward.TargetGroups[].TargetGroupIdentifier|Action.Forward.TargetGroups[].TargetGroupIdentifier" to:"lattice_target_groups"`
}

// LatticeTargetGroup is a group of targets of VPC Lattice.
type LatticeTargetGroup struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	// Type is IP, LAMBDA, INSTANCE or ALB.
	Type Value[string] `json:"target_type" tf:"type" cfn:"Type"`
}

// LatticeNetwork is a network of services of VPC Lattice, with an authorization of its own.
// Defaults: https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateServiceNetwork.html
type LatticeNetwork struct {
	Resource
	Name     Value[string] `json:"name" tf:"name" cfn:"Name"`
	AuthType Value[string] `json:"auth_type" tf:"auth_type" cfn:"AuthType" default:"NONE"`
}

// LatticeAssociation makes a service reachable in a network.
type LatticeAssociation struct {
	Resource
	Service Ref `json:"service" tf:"service_identifier" cfn:"ServiceIdentifier" to:"lattice_services"`
	Network Ref `json:"network" tf:"service_network_identifier" cfn:"ServiceNetworkIdentifier" to:"lattice_networks"`
}

// UserPool is a user pool of Cognito.
// Defaults: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
type UserPool struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"UserPoolName"`
	// MFA is OFF, OPTIONAL or ON.
	MFA            Value[string] `json:"mfa" tf:"mfa_configuration" cfn:"MfaConfiguration" default:"OFF"`
	PasswordLength Value[int]    `json:"password_length" tf:"password_policy.minimum_length" cfn:"Policies.PasswordPolicy.MinimumLength" default:"8"`
}

// GraphQLAPI is an API of AppSync.
type GraphQLAPI struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	// Authentication is API_KEY, AWS_IAM, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT or AWS_LAMBDA.
	Authentication Value[string] `json:"authentication" tf:"authentication_type" cfn:"AuthenticationType" sam:"Auth.Type"`
	// Additional are further ways of authentication, which the schema names.
	Additional List[Value[string]] `json:"additional_authentication" tf:"additional_authentication_provider[].authentication_type" cfn:"AdditionalAuthenticationProviders[].AuthenticationType" sam:"Auth.Additional[].Type"`
}

// GraphQLSource is a source of data of an API of AppSync.
type GraphQLSource struct {
	Resource
	API Ref `json:"api" tf:"api_id" cfn:"ApiId" to:"graphql_apis"`
	// Function is the function that resolves fields, if the source is one.
	Function Ref `json:"function" tf:"lambda_config.function_arn" cfn:"LambdaConfig.LambdaFunctionArn" to:"functions"`
	// Type is AWS_LAMBDA, AMAZON_DYNAMODB, HTTP, NONE and others.
	Type Value[string] `json:"source_type" tf:"type" cfn:"Type"`
}

// WebACLAssociation protects a resource with a web ACL of AWS WAF.
type WebACLAssociation struct {
	Resource
	Stage        Ref `json:"stage" tf:"resource_arn" cfn:"ResourceArn" to:"stages"`
	API          Ref `json:"api" tf:"resource_arn" cfn:"ResourceArn" to:"apis"`
	LoadBalancer Ref `json:"load_balancer" tf:"resource_arn" cfn:"ResourceArn" to:"load_balancers"`
	UserPool     Ref `json:"user_pool" tf:"resource_arn" cfn:"ResourceArn" to:"user_pools"`
	GraphQLAPI   Ref `json:"graphql_api" tf:"resource_arn" cfn:"ResourceArn" to:"graphql_apis"`
}

// joinSchemes gives the load balancers of CloudFormation, which have a scheme, the switch of Terraform.
func (s *Stack) joinSchemes() {
	for i := range s.LoadBalancers {
		if b := &s.LoadBalancers[i]; b.Scheme.State != tree.StateAbsent {
			b.Internal = Value[bool]{state: b.Scheme.state, value: b.Scheme.value == "internal"}
		}
	}
}
