"""ECR: what an image is, and what may be done with a tag."""

import copy
import fnmatch
import hashlib
import json
import re

DIGEST = re.compile(r"[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+")
# BatchGetImageRequest, imageIds: at most 100.
IDS_AT_ONCE = 100


def digest_manifests():
    """A digest is made of layer names, or out of the air; it is the SHA-256 of the manifest. The size is that of one layer."""
    from moto.ecr.models import Image

    def digest(self):
        return self._image_digest or "sha256:" + hashlib.sha256(self.image_manifest.encode()).hexdigest()

    def size(self):
        manifest = json.loads(self.image_manifest)
        parts = [manifest.get("config", {}), *manifest.get("layers", [])]
        return sum(part.get("size", 0) for part in parts) or None

    Image.get_image_digest = digest
    Image.get_image_size_in_bytes = size


def move_tags():
    """An image that loses its tag to another is deleted (it stays, untagged), and an immutable tag is refused by the wrong name."""
    from moto.ecr.exceptions import ImageAlreadyExistsException, InvalidParameterException
    from moto.ecr.models import ECRBackend, Image

    def put_image(self, repository_name, image_manifest, image_tag, image_manifest_mediatype=None, digest=None):
        repository = self._get_repository(repository_name)
        media_type = image_manifest_mediatype or media_type_of(image_manifest)
        image = Image(self.account_id, None, image_manifest, repository_name, media_type)
        if digest is not None and digest != image.image_digest:
            raise fault(
                "ImageDigestDoesNotMatchException",
                f"The provided digest '{digest}' does not match the calculated digest '{image.image_digest}'",
            )
        known = next((one for one in repository.images if one.image_digest == image.image_digest), None)
        if known and (image_tag is None or image_tag in known.image_tags):
            raise ImageAlreadyExistsException(
                registry_id=repository.registry_id,
                image_tag=image_tag,
                digest=known.image_digest,
                repository_name=repository_name,
            )
        holder = next((one for one in repository.images if image_tag and image_tag in one.image_tags), None)
        if holder and is_immutable(repository, image_tag):
            raise fault(
                "ImageTagAlreadyExistsException",
                f"The image tag '{image_tag}' already exists in the '{repository_name}' repository "
                "and cannot be overwritten because the tag is immutable.",
            )
        if holder:
            holder.remove_tag(image_tag)
            holder.image_tag = holder.image_tags[-1] if holder.image_tags else None
        image = known or image
        image.update_tag(image_tag)
        if image is not known:
            repository.images.append(image)
        return image

    def media_type_of(manifest):
        try:
            parsed = json.loads(manifest)
        except (TypeError, ValueError):
            parsed = None
        if not isinstance(parsed, dict):
            raise InvalidParameterException(
                "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'"
            )
        if "mediaType" not in parsed:
            raise InvalidParameterException("image manifest mediatype not provided in manifest or parameter")
        return parsed["mediaType"]

    ECRBackend.put_image = put_image


def fault(code, message):
    """moto reads from an exception's module which service's error it is."""
    from moto.core.exceptions import ServiceException

    kind = type(code, (ServiceException,), {"__module__": "moto.ecr.exceptions"})
    return kind(code, message)


def is_immutable(repository, tag):
    filters = repository.image_tag_mutability_exclusion_filters or []
    is_excluded = any(fnmatch.fnmatchcase(tag, one["filter"]) for one in filters)
    return repository.is_tag_immutable() != is_excluded


def look_images_up():
    """Images that are asked for by id come back in any order, and failures do not say what is wrong with the id."""
    from moto.ecr.exceptions import InvalidParameterException
    from moto.ecr.models import ECRBackend

    describe = ECRBackend.describe_images

    def describe_images(self, repository_name, registry_id=None, image_ids=None):
        if not image_ids:
            return describe(self, repository_name, registry_id, image_ids)
        repository = self._get_repository(repository_name, registry_id)
        found = [repository._get_image(one.get("imageTag"), one.get("imageDigest")) for one in image_ids]
        return list({id(image): image for image in found}.values())

    def batch_get_image(self, repository_name, registry_id=None, image_ids=None):
        repository = self._get_repository(repository_name, registry_id)
        if not image_ids or len(image_ids) > IDS_AT_ONCE:
            raise InvalidParameterException(
                "Invalid parameter at 'imageIds' failed to satisfy constraint: "
                f"'Member must have length between 1 and {IDS_AT_ONCE}'"
            )
        images, failures = [], []
        for wanted in image_ids:
            image, failure = find(repository, wanted)
            if image:
                images.append(image)
            else:
                failures.append({"imageId": wanted, "failureCode": failure[0], "failureReason": failure[1]})
        return {"images": images, "failures": failures}

    ECRBackend.describe_images = describe_images
    ECRBackend.batch_get_image = batch_get_image


def find(repository, wanted):
    tag, digest = wanted.get("imageTag"), wanted.get("imageDigest")
    if not tag and not digest:
        return None, ("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null")
    if digest and not DIGEST.fullmatch(digest):
        return None, (
            "InvalidImageDigest",
            f"Invalid request parameters: image digest should satisfy the regex '{DIGEST.pattern}'",
        )
    by_tag = next((image for image in repository.images if tag and tag in image.image_tags), None)
    by_digest = next((image for image in repository.images if digest and image.image_digest == digest), None)
    if tag and digest and by_tag and by_digest and by_tag is not by_digest:
        return None, ("ImageTagDoesNotMatchDigest", f"Image tag '{tag}' does not match digest '{digest}'")
    image = by_digest if digest else by_tag
    if image is None or (tag and tag not in image.image_tags):
        return None, ("ImageNotFound", "Requested image not found")
    # Named as it was asked for, and not by its last tag.
    image = copy.copy(image)
    image.image_tag = tag or (image.image_tags[-1] if image.image_tags else None)
    return image, None


REPAIRS = (digest_manifests, move_tags, look_images_up)
