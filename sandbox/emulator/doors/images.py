"""Images that nobody has built.

Body: {"account", "region", "repository": "axonflow-agent", "tag": "b237404",
       "create": true: the repository too, when there is none,
       "content": "text": the same text is the same image; without it every push is another one,
       "digestOf": "tag": the image that has this tag already}
Answer: {"repository", "tag", "digest", "previous": digest that had the tag or null}
"""

import hashlib
import json

from moto.backends import get_backend
from moto.ecr.exceptions import ImageAlreadyExistsException

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
# A small service on a slim base image.
BASE_BYTES, LAYER_BYTES = 31_000_000, 12_000_000


def push(body):
    account, region, name, tag = body["account"], body["region"], body["repository"], body["tag"]
    ecr = get_backend("ecr")[account][region]
    if body.get("create") and name not in ecr.repositories:
        ecr.create_repository(name, None, None, None, None, [], None)
    repository = ecr._get_repository(name)
    previous = next((image.image_digest for image in repository.images if tag in image.image_tags), None)
    if other := body.get("digestOf"):
        text = repository._get_image(other, None).image_manifest
    else:
        text = manifest(body.get("content") or next_content(repository))
    try:
        image = ecr.put_image(name, text, tag)
    except ImageAlreadyExistsException:
        image = repository._get_image(tag, None)
    return {"repository": name, "tag": tag, "digest": image.image_digest, "previous": previous}


def next_content(repository):
    """The n-th push to a repository is the same image in every sandbox."""
    repository.slipway_pushes = getattr(repository, "slipway_pushes", 0) + 1
    return f"{repository.arn}#{repository.slipway_pushes}"


def manifest(content):
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": part(CONFIG, 7_000, f"{content}/config"),
            "layers": [part(LAYER, BASE_BYTES, "base"), part(LAYER, LAYER_BYTES, content)],
        }
    )


def part(media_type, size, content):
    return {"mediaType": media_type, "size": size, "digest": "sha256:" + hashlib.sha256(content.encode()).hexdigest()}
