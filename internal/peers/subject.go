package peers

import (
	"context"
	"io/fs"

	"lintel/internal/workspace"
)

// subject is a rule and the resource that it is about.
type subject struct{ rule, resource string }

// openRoutes is the cause that the rules about public routes share. Which of them reports a route depends on where its
// authorization is written.
const openRoutes = "api-method-no-auth"

// oneCause are the rules that report one cause in different formats, by rule. They name the API, the first of its routes or
// all of them.
var oneCause = map[string]string{ //nolint:gochecknoglobals // a table, never written
	"api-method-no-auth":            openRoutes,
	"httpapi-route-no-auth":         openRoutes,
	"openapi-operation-no-security": openRoutes,
	"sam-api-no-auth":               openRoutes,
	"sam-event-auth-none":           openRoutes,
}

// subjects are the APIs and routes of a template by the names of the resources that they consist of. A template and its
// translation write an API as different resources: an event is a path of a definition, and the API contains its stages.
type subjects struct {
	apis   map[string]string // API of a stage, deployment, route or authorizer
	routes map[string]string // method and path of a route
}

// of returns the subject of a verdict about a resource.
func (s subjects) of(rule, resource string) subject {
	cause, shared := oneCause[rule]
	if !shared {
		cause = rule
	}
	name := resource
	if api := s.apis[resource]; api != "" {
		name = api
	}
	if route := s.routes[resource]; route != "" && !shared {
		name += " " + route
	}
	return subject{cause, generatedHash.ReplaceAllString(name, "$1")}
}

// subjectsOf returns the APIs and routes of a template.
func subjectsOf(ctx context.Context, template fs.FS) (subjects, error) {
	s := subjects{map[string]string{}, map[string]string{}}
	inputs, _, err := workspace.Inputs(ctx, template, workspace.Settings{Bare: true}, []string{"."})
	for _, input := range inputs {
		apis, _ := input.Policy["apis"].([]any)
		for _, kind := range []string{"routes", "api_integrations", "authorizers", "stages"} {
			resources, _ := input.Policy[kind].([]any)
			for _, r := range resources {
				s.add(r, apis)
			}
		}
	}
	return s, err
}

// add notes the API of a resource of the policy input and its method and path, if it is a route. Of the variants of an API, which
// have one name, the first counts.
func (s subjects) add(resource any, apis []any) {
	object, _ := resource.(map[string]any)
	id, _ := object["id"].(string)
	api, _ := object["api"].(map[string]any)
	targets, _ := api["targets"].([]any)
	if len(targets) == 0 {
		return
	}
	i, _ := targets[0].(int)
	owner, _ := apis[i].(map[string]any)
	s.apis[id], _ = owner["id"].(string)
	if key, _ := object["key"].(map[string]any); key != nil {
		s.routes[id], _ = key["value"].(string)
	}
}
