// Standin is a Terraform provider that declares the parts of the AWS provider's schema that the
// recorded plans need, and plans as it does: what is computed and not set is known after apply.
// It creates nothing.
package main

import (
	"context"
	"log"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// attributes are written "name kind flags": kind is s(tring), n(umber), b(ool), l(ist of strings),
// m(ap of strings); flags are o(ptional), c(omputed), w(rite-only), h(idden: sensitive).
type kind struct {
	attributes string
	blocks     map[string]kind
}

var kinds = map[string]kind{
	"aws_lambda_function": {
		"id s c; arn s c; invoke_arn s c; qualified_arn s c; function_name s o; role s o; runtime s o; handler s o; description s o; filename s o; image_uri s o; s3_bucket s o; s3_key s o; package_type s o; kms_key_arn s o; timeout n o; memory_size n oc; reserved_concurrent_executions n o; layers l o; architectures l oc; tags m o; publish b o; code_signing_config_arn s o",
		map[string]kind{
			"environment":        {"variables m o", nil},
			"vpc_config":         {"subnet_ids l o; security_group_ids l o; ipv6_allowed_for_dual_stack b o; vpc_id s c", nil},
			"dead_letter_config": {"target_arn s o", nil},
			"tracing_config":     {"mode s o", nil},
			"logging_config":     {"log_format s o; log_group s oc; application_log_level s o; system_log_level s o", nil},
			"ephemeral_storage":  {"size n oc", nil},
			"image_config":       {"command l o; entry_point l o; working_directory s o", nil},
			"file_system_config": {"arn s o; local_mount_path s o", nil},
			"snap_start":         {"apply_on s o; optimization_status s c", nil},
		},
	},
	"aws_iam_role": {
		"id s c; arn s c; name s oc; path s o; assume_role_policy s o; permissions_boundary s o; managed_policy_arns l oc",
		map[string]kind{"inline_policy": {"name s o; policy s o", nil}},
	},
	"aws_iam_policy":                 {"id s c; arn s c; name s oc; policy s o", nil},
	"aws_iam_role_policy":            {"id s c; name s oc; role s o; policy s o", nil},
	"aws_iam_role_policy_attachment": {"id s c; role s o; policy_arn s o", nil},
	"aws_lambda_function_url": {
		"id s c; function_name s o; qualifier s o; authorization_type s o; invoke_mode s o; function_url s c",
		map[string]kind{"cors": {"allow_credentials b o; allow_headers l o; allow_methods l o; allow_origins l o; expose_headers l o; max_age n o", nil}},
	},
	"aws_lambda_permission": {"id s c; function_name s o; action s o; principal s o; source_arn s o; source_account s o; principal_org_id s o; qualifier s o; event_source_token s o; function_url_auth_type s o; statement_id s oc", nil},
	"aws_lambda_event_source_mapping": {
		"id s c; arn s c; function_name s o; event_source_arn s o; batch_size n o; maximum_batching_window_in_seconds n o; function_response_types l o; enabled b o; starting_position s o",
		map[string]kind{
			"scaling_config":  {"maximum_concurrency n o", nil},
			"filter_criteria": {"", map[string]kind{"filter": {"pattern s o", nil}}},
		},
	},
	"aws_lambda_function_event_invoke_config": {
		"id s c; function_name s o; qualifier s o; maximum_retry_attempts n o; maximum_event_age_in_seconds n o",
		map[string]kind{"destination_config": {"", map[string]kind{"on_failure": {"destination s o", nil}, "on_success": {"destination s o", nil}}}},
	},
	"aws_cloudwatch_log_group":          {"id s c; arn s c; name s oc; retention_in_days n o; kms_key_id s o; log_group_class s oc", nil},
	"aws_sqs_queue":                     {"id s c; arn s c; url s c; name s oc", nil},
	"aws_secretsmanager_secret_version": {"id s c; arn s c; secret_id s o; secret_string s oh; secret_string_wo s ow; secret_string_wo_version n o", nil},
}

var types = map[string]tftypes.Type{
	"s": tftypes.String, "n": tftypes.Number, "b": tftypes.Bool,
	"l": tftypes.List{ElementType: tftypes.String}, "m": tftypes.Map{ElementType: tftypes.String},
}

func (k kind) schema() *tfprotov5.SchemaBlock {
	out := &tfprotov5.SchemaBlock{}
	for _, text := range strings.Split(k.attributes, "; ") {
		parts := strings.Fields(text)
		if len(parts) != 3 {
			continue
		}
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{
			Name: parts[0], Type: types[parts[1]], Optional: strings.Contains(parts[2], "o"),
			Computed: strings.Contains(parts[2], "c"), WriteOnly: strings.Contains(parts[2], "w"), Sensitive: strings.Contains(parts[2], "h"),
		})
	}
	for name, nested := range k.blocks {
		out.BlockTypes = append(out.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: nested.schema(), Nesting: tfprotov5.SchemaNestedBlockNestingModeList,
		})
	}
	return out
}

type server struct{ tfprotov5.ProviderServer }

func (server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	out := &tfprotov5.GetMetadataResponse{}
	for name := range kinds {
		out.Resources = append(out.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	return out, nil
}

func (server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	out := &tfprotov5.GetProviderSchemaResponse{
		Provider:        &tfprotov5.Schema{Block: &tfprotov5.SchemaBlock{Attributes: []*tfprotov5.SchemaAttribute{{Name: "region", Type: tftypes.String, Optional: true}}}},
		ResourceSchemas: map[string]*tfprotov5.Schema{}, DataSourceSchemas: map[string]*tfprotov5.Schema{},
	}
	for name, k := range kinds {
		out.ResourceSchemas[name] = &tfprotov5.Schema{Block: k.schema()}
	}
	return out, nil
}

func (server) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (server) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (server) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (server) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	schema := kinds[r.TypeName].schema()
	kindOf := schema.ValueType()
	proposed, err := r.ProposedNewState.Unmarshal(kindOf)
	if err != nil || proposed.IsNull() {
		return &tfprotov5.PlanResourceChangeResponse{PlannedState: r.ProposedNewState}, err
	}
	planned, err := tftypes.Transform(proposed, func(path *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		switch a := attribute(schema, path); {
		case a == nil:
		case a.WriteOnly:
			return tftypes.NewValue(v.Type(), nil), nil
		case a.Computed && v.IsNull():
			return tftypes.NewValue(v.Type(), tftypes.UnknownValue), nil
		}
		return v, nil
	})
	if err != nil {
		return nil, err
	}
	state, err := tfprotov5.NewDynamicValue(kindOf, planned)
	return &tfprotov5.PlanResourceChangeResponse{
		PlannedState:    &state,
		RequiresReplace: []*tftypes.AttributePath{tftypes.NewAttributePath().WithAttributeName("function_name"), tftypes.NewAttributePath().WithAttributeName("name")}[:replaced(r.TypeName)],
	}, err
}

// replaced is how many of the paths above force a replacement: functions and nothing else.
func replaced(kind string) int {
	if kind == "aws_lambda_function" {
		return 1
	}
	return 0
}

func (server) ApplyResourceChange(_ context.Context, r *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	kindOf := kinds[r.TypeName].schema().ValueType()
	planned, err := r.PlannedState.Unmarshal(kindOf)
	if err != nil || planned.IsNull() {
		return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PlannedState}, err
	}
	applied, err := tftypes.Transform(planned, func(_ *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		switch {
		case v.Type().Is(tftypes.String):
			return tftypes.NewValue(v.Type(), "applied"), nil
		case v.Type().Is(tftypes.Number):
			return tftypes.NewValue(v.Type(), 1), nil
		}
		return tftypes.NewValue(v.Type(), []tftypes.Value{}), nil
	})
	if err != nil {
		return nil, err
	}
	state, err := tfprotov5.NewDynamicValue(kindOf, applied)
	return &tfprotov5.ApplyResourceChangeResponse{NewState: &state}, err
}

func (server) ReadResource(_ context.Context, r *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	return &tfprotov5.ReadResourceResponse{NewState: r.CurrentState}, nil
}

func (server) UpgradeResourceState(_ context.Context, r *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	kindOf := kinds[r.TypeName].schema().ValueType()
	value, err := r.RawState.Unmarshal(kindOf)
	if err != nil {
		return nil, err
	}
	state, err := tfprotov5.NewDynamicValue(kindOf, value)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: &state}, err
}

// attribute returns the schema of what a path leads to, nil for a block.
func attribute(block *tfprotov5.SchemaBlock, path *tftypes.AttributePath) *tfprotov5.SchemaAttribute {
	for _, step := range path.Steps() {
		name, ok := step.(tftypes.AttributeName)
		if !ok {
			continue
		}
		for _, a := range block.Attributes {
			if a.Name == string(name) {
				return a
			}
		}
		for _, nested := range block.BlockTypes {
			if nested.TypeName == string(name) {
				block = nested.Block
			}
		}
	}
	return nil
}

func main() {
	if err := tf5server.Serve("registry.terraform.io/hashicorp/aws", func() tfprotov5.ProviderServer { return server{} }); err != nil {
		log.Fatal(err)
	}
}
