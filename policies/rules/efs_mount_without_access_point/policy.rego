# METADATA
# title: Access point of a function opens the whole EFS file system
# description: |
#   The function can read and change files of others: as root, as any user that it names, or in
#   directories that are not its own.
# related_resources:
#   - ref: https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
#     description: Working with Amazon EFS access points
# schemas:
#   - input: schema.stack
# custom:
#   id: efs-mount-without-access-point
#   severity: medium
#   category: network
#   profile: strict
#   practices: [1d, 9c]
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - CKV_AWS_329
#     - CKV_AWS_330
#   remediation: |
#     Give the access point a POSIX user other than root and a directory of its own that other users
#     cannot write.
package rules.efs_mount_without_access_point

import data.lib.network

deny contains {"at": point.user.at, "message": $"{point.id}, which {network.names(functions)} mounts, enforces no POSIX user"} if {
	some a, functions in mounted
	point := input.access_points[a]
	point.user.absent
}

deny contains {"at": point.user.uid.at, "message": $"{point.id}, which {network.names(functions)} mounts, has the POSIX user root (UID 0)"} if {
	some a, functions in mounted
	point := input.access_points[a]
	point.user.uid.value == 0
}

deny contains {"at": point.directory.at, "message": $"{point.id}, which {network.names(functions)} mounts, opens the root directory {point.directory.value} of the file system"} if {
	some a, functions in mounted
	point := input.access_points[a]
	not point.user.absent
	point.directory.value == "/"
}

deny contains {"at": point.permissions.at, "message": $"{point.id}, which {network.names(functions)} mounts, has a directory that all users can write: permissions {point.permissions.value}"} if {
	some a, functions in mounted
	point := input.access_points[a]
	regex.match(`^[0-7]{2,3}[2367]$`, point.permissions.value)
}

# mounted are, for every access point, the indices of the functions that mount it.
mounted[a] contains i if {
	some i, fn in input.functions
	some system in fn.file_systems.items
	some a in system.arn.targets
}
