namespace DeltaGlider.Core.Model;

/// <summary>How somebody is named to whom something is granted.</summary>
public enum AclGranteeKind
{
    /// <summary>A user, by the canonical id.</summary>
    User,

    /// <summary>A group, by its URI, such as http://acs.amazonaws.com/groups/global/AllUsers.</summary>
    Group,

    /// <summary>A user, by the e-mail address.</summary>
    Email,
}
