package handler

import (
	"slices"
	"strings"
)

// taskRoot is the directory of the code in the base images of AWS.
// https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
const taskRoot = "/var/task"

// kindOf returns the name of a base image without its registry and version; "" if the image may contain anything.
func kindOf(image string) string {
	name, _, _ := strings.Cut(image, "@")
	if at := strings.LastIndex(name, ":"); at > strings.LastIndex(name, "/") {
		name = name[:at]
	}
	for _, prefix := range []string{"public.ecr.aws/docker/library/", "public.ecr.aws/amazonlinux/", "docker.io/library/", "docker.io/", "library/"} {
		name = strings.TrimPrefix(name, prefix)
	}
	if rest, ok := strings.CutPrefix(name, "amazon/aws-lambda-"); ok {
		name = "public.ecr.aws/lambda/" + rest
	}
	if rest, ok := strings.CutPrefix(name, "public.ecr.aws/"); ok && strings.HasPrefix(rest, "lambda/") {
		return rest
	}
	if slices.Contains([]string{"python", "node", "golang", "alpine", "debian", "ubuntu", "amazonlinux", "scratch", "busybox"}, name) {
		return name
	}
	return ""
}

// baseOf returns the variables that paths in a Dockerfile use and the working directory of a base image; nil and "" if they are not known.
func baseOf(image string) (env map[string]string, directory string) {
	switch kind := kindOf(image); {
	case strings.HasPrefix(kind, "lambda/"):
		return map[string]string{"LAMBDA_TASK_ROOT": taskRoot, "LAMBDA_RUNTIME_DIR": "/var/runtime"}, taskRoot
	case kind == "golang":
		return map[string]string{"GOPATH": "/go"}, "/go"
	case kind != "":
		return map[string]string{}, "/"
	}
	return nil, ""
}
