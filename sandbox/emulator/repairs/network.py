"""VPC."""


def route_modified_endpoints():
    """A gateway endpoint that is given another route table makes no route in it, and can then not be deleted."""
    from moto.ec2.models.vpcs import VPCBackend

    modify = VPCBackend.modify_vpc_endpoint

    def modify_vpc_endpoint(self, vpc_id, **settings):
        endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
        before = set(endpoint.route_table_ids or [])
        modify(self, vpc_id, **settings)
        after = set(endpoint.route_table_ids or [])
        prefix_list = getattr(endpoint, "destination_prefix_list_id", None)
        if prefix_list is None:
            return
        for table in before - after:
            self.delete_route(table, prefix_list)
        for table in after - before:
            self.create_route(table, None, gateway_id=vpc_id, destination_prefix_list_id=prefix_list)

    VPCBackend.modify_vpc_endpoint = modify_vpc_endpoint


REPAIRS = (route_modified_endpoints,)
