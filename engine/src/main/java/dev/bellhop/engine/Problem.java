package dev.bellhop.engine;

/// Something that keeps a Trigger or EventListener from working, told to the person who wrote it.
///
/// @param message names the field, what was written and the way out
public record Problem(Reason reason, String message) {

    /// The closed list of reasons; each is a `reason` of the `Ready` condition, on which users may rely.
    public enum Reason {
        /// A field is unknown, missing, of a wrong shape or contradicts another.
        InvalidSpec,
        /// A TriggerBinding, ClusterTriggerBinding, TriggerTemplate or Trigger that is named does not exist.
        ReferenceMissing,
        /// There is no interceptor of that name, or it does not take those params.
        InterceptorInvalid,
        /// A CEL expression does not compile; the message has its position.
        ExpressionInvalid,
        /// The bindings do not give the template its params: bad JSONPath, a param twice.
        BindingInvalid,
        /// The template is not one: no kind, undeclared params.
        TemplateInvalid,
        /// A Secret, or its key, does not exist or may not be read.
        SecretMissing,
        /// A ServiceAccount does not exist or may not be read.
        ServiceAccountMissing,
        /// No EventListener selects the Trigger.
        NotSelected,
        /// The namespace may not use the host of `spec.expose`.
        HostNotAllowed,
        /// Somebody else has the host and path of `spec.expose`.
        PathTaken,
        /// What leads to the host and path of `spec.expose` could not be made.
        NotExposed
    }
}
