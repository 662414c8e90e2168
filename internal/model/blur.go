package model

// Blur returns a copy of a policy input in which nothing is known any more. With
// keepItems, lists keep their items, blurred, and references lose their targets; without,
// lists are empty and references keep what they point to. A rule that finds something in a
// blurred input takes ignorance for guilt. Only tests blur.
func Blur(input map[string]any, keepItems bool) map[string]any {
	out := make(map[string]any, len(input))
	for name, value := range input {
		resources, ok := value.([]any)
		if !ok {
			out[name] = value
			continue
		}
		blurred := make([]any, len(resources))
		for i, r := range resources {
			resource := blurFields(r.(map[string]any), keepItems)
			if r.(map[string]any)["unknown"] == nil {
				delete(resource, "unknown")
			}
			blurred[i] = resource
		}
		out[name] = blurred
	}
	return out
}

// blurFields blurs a node: its attributes, and that it is absent.
func blurFields(node map[string]any, keepItems bool) map[string]any {
	out := map[string]any{"unknown": true}
	for key, value := range node {
		if key == "secret" || key == "sources" || key == "parameters" {
			continue // they are knowledge, too
		}
		switch x := value.(type) {
		case map[string]any:
			out[key] = blurFields(x, keepItems)
		case []any:
			out[key] = blurItems(key, x, keepItems)
		default:
			if key == "key" {
				value = "blurred" // a rule may know keys by their names
			}
			if key != "absent" && key != "value" && key != "prefix" && key != "suffix" {
				out[key] = value
			}
		}
	}
	return out
}

func blurItems(key string, items []any, keepItems bool) []any {
	if keepItems == (key == "targets") {
		return []any{}
	}
	out := make([]any, len(items))
	for i, item := range items {
		if node, ok := item.(map[string]any); ok {
			item = blurFields(node, keepItems)
		}
		out[i] = item
	}
	return out
}
